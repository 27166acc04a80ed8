def publication(request):
    return {}
