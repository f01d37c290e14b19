install-units:
	true
